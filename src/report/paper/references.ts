/** What the paper may cite; only what it does is printed. */

export const REFERENCES = String.raw`
@inproceedings{roth2022,
  author = {Roth, Karsten and Pemula, Latha and Zepeda, Joaquin and Sch{\"o}lkopf, Bernhard and Brox, Thomas and Gehler, Peter},
  title = {Towards Total Recall in Industrial Anomaly Detection},
  booktitle = {Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)},
  pages = {14318--14328}, year = {2022}
}
@inproceedings{defard2021,
  author = {Defard, Thomas and Setkov, Aleksandr and Loesch, Angelique and Audigier, Romaric},
  title = {{PaDiM}: A Patch Distribution Modeling Framework for Anomaly Detection and Localization},
  booktitle = {Pattern Recognition. ICPR International Workshops and Challenges},
  pages = {475--489}, year = {2021}
}
@inproceedings{bergmann2019,
  author = {Bergmann, Paul and Fauser, Michael and Sattlegger, David and Steger, Carsten},
  title = {{MVTec AD}: A Comprehensive Real-World Dataset for Unsupervised Anomaly Detection},
  booktitle = {Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)},
  pages = {9592--9600}, year = {2019}
}
@inproceedings{bergmann2020,
  author = {Bergmann, Paul and Fauser, Michael and Sattlegger, David and Steger, Carsten},
  title = {Uninformed Students: Student-Teacher Anomaly Detection with Discriminative Latent Embeddings},
  booktitle = {Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)},
  pages = {4183--4192}, year = {2020}
}
@article{bergmann2021,
  author = {Bergmann, Paul and Batzner, Kilian and Fauser, Michael and Sattlegger, David and Steger, Carsten},
  title = {The {MVTec} Anomaly Detection Dataset: A Comprehensive Real-World Dataset for Unsupervised Anomaly Detection},
  journal = {International Journal of Computer Vision}, volume = {129}, number = {4},
  pages = {1038--1059}, year = {2021}
}
@inproceedings{he2016,
  author = {He, Kaiming and Zhang, Xiangyu and Ren, Shaoqing and Sun, Jian},
  title = {Deep Residual Learning for Image Recognition},
  booktitle = {Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition (CVPR)},
  pages = {770--778}, year = {2016}
}
@inproceedings{sener2018,
  author = {Sener, Ozan and Savarese, Silvio},
  title = {Active Learning for Convolutional Neural Networks: A Core-Set Approach},
  booktitle = {International Conference on Learning Representations (ICLR)}, year = {2018}
}
@article{hanley1982,
  author = {Hanley, James A. and McNeil, Barbara J.},
  title = {The Meaning and Use of the Area under a Receiver Operating Characteristic ({ROC}) Curve},
  journal = {Radiology}, volume = {143}, number = {1}, pages = {29--36}, year = {1982}
}
@article{newcombe2006,
  author = {Newcombe, Robert G.},
  title = {Confidence Intervals for an Effect Size Measure Based on the {Mann--Whitney} Statistic. {Part} 2: Asymptotic Methods and Evaluation},
  journal = {Statistics in Medicine}, volume = {25}, number = {4}, pages = {559--573}, year = {2006}
}
@article{efron1987,
  author = {Efron, Bradley},
  title = {Better Bootstrap Confidence Intervals},
  journal = {Journal of the American Statistical Association}, volume = {82}, number = {397},
  pages = {171--185}, year = {1987}
}
@article{delong1988,
  author = {DeLong, Elizabeth R. and DeLong, David M. and Clarke-Pearson, Daniel L.},
  title = {Comparing the Areas under Two or More Correlated Receiver Operating Characteristic Curves: A Nonparametric Approach},
  journal = {Biometrics}, volume = {44}, number = {3}, pages = {837--845}, year = {1988}
}
@article{holm1979,
  author = {Holm, Sture},
  title = {A Simple Sequentially Rejective Multiple Test Procedure},
  journal = {Scandinavian Journal of Statistics}, volume = {6}, number = {2}, pages = {65--70}, year = {1979}
}
@book{vovk2005,
  author = {Vovk, Vladimir and Gammerman, Alexander and Shafer, Glenn},
  title = {Algorithmic Learning in a Random World}, publisher = {Springer}, year = {2005}
}
@inproceedings{vovk2003,
  author = {Vovk, Vladimir and Nouretdinov, Ilia and Gammerman, Alexander},
  title = {Testing Exchangeability On-Line},
  booktitle = {Proceedings of the Twentieth International Conference on Machine Learning (ICML)},
  pages = {768--775}, year = {2003}
}
@article{clopper1934,
  author = {Clopper, C. J. and Pearson, E. S.},
  title = {The Use of Confidence or Fiducial Limits Illustrated in the Case of the Binomial},
  journal = {Biometrika}, volume = {26}, number = {4}, pages = {404--413}, year = {1934}
}
@article{zou2008,
  author = {Zou, Guang Yong and Donner, Allan},
  title = {Construction of Confidence Limits about Effect Measures: A General Approach},
  journal = {Statistics in Medicine}, volume = {27}, number = {10}, pages = {1693--1702}, year = {2008}
}
`;
